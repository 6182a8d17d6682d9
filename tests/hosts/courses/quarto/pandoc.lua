-- Calls the shortcode as Quarto does, where there is only pandoc: {{< stride-lab name="value" ... >}} on a line of its own.
local shortcodes = dofile(os.getenv("STRIDE_PLUGINS") .. "/quarto/_extensions/stride-lab/stride-lab.lua")
quarto = {doc = {is_format = function(name) return FORMAT:match(name) ~= nil end}}

function Pandoc(document)
  return document:walk({Para = function(paragraph)
    local words = pandoc.utils.stringify(paragraph):gsub("“", '"'):gsub("”", '"')
    local given = words:match("^{{< stride%-lab (.*) >}}$")
    if not given then return nil end
    local values = {}
    for name, value in given:gmatch('([%w-]+)="([^"]*)"') do values[name] = pandoc.Inlines(value) end
    return shortcodes["stride-lab"]({}, values, document.meta)
  end})
end
