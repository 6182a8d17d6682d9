-- Labs in Quarto: {{< stride-lab surface="beale" lr="0.01" height="480px" >}}, attributes as the element has them.
-- In the document or _quarto.yml: `stride-lab-site`, the folder that ./run --site makes beside the page (then also under
-- `resources`), or the address of one; otherwise `stride`. Output without scripts gets a link where the site has an address.

local attributes = {"scenario", "surface", "curve", "fit", "network", "data", "layers", "optimizer", "lr", "schedule", "lesson", "panels", "locked",
                    "theme", "lang", "reveal", "loading", "poster", "workers"}
local linked = {surface = true, curve = true, fit = true, network = true, data = true, layers = true, optimizer = true, lr = true, schedule = true, lesson = true}

local function text(value)
  return value and pandoc.utils.stringify(value) or ""
end

local function escaped(words)
  return (words:gsub("&", "&amp;"):gsub('"', "&quot;"):gsub("<", "&lt;"))
end

local function percent(words)
  return (words:gsub("[^%w._~-]", function(c) return string.format("%%%02X", c:byte()) end))
end

local function lab(_, given, meta)
  local home = text(meta["stride-lab-site"])
  home = (home == "" and "stride" or home):gsub("/$", "") .. "/"
  local known, words, query = {height = true}, "", {}
  for _, name in ipairs(attributes) do
    known[name] = true
    local value = text(given[name])
    if value ~= "" then
      words = words .. " " .. name .. '="' .. escaped(value) .. '"'
      if linked[name] then query[#query + 1] = name .. "=" .. percent(value) end
    end
  end
  for name in pairs(given) do
    if not known[name] then error("stride-lab: expected an attribute of the element, got " .. name) end
  end
  local link, height = home .. "index.html" .. (#query > 0 and "?" .. table.concat(query, "&") or ""), text(given.height)
  if not quarto.doc.is_format("html") then
    return home:match("^https?://") and pandoc.Link("Open the learning-rate lab", link) or pandoc.Null()
  end
  if height ~= "" then words = words .. ' style="height:' .. escaped(height) .. '"' end
  return pandoc.RawBlock("html", '<link rel="stylesheet" href="' .. escaped(home) .. 'stride-lab.css"><script type="module" src="' .. escaped(home) .. 'stride-lab.js"></script>\n' ..
    "<stride-lab" .. words .. '><a href="' .. escaped(link) .. '">Open the learning-rate lab</a></stride-lab>')
end

return {["stride-lab"] = lab}
