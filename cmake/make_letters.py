"""make_letters.py LANGUAGE_FILE FONT OUT: the font (SIL Open Font License) cut to the letters of the language file that the lab's own fonts lack,
as WOFF2."""
import sys

from fontTools import subset


def main(language, font, out):
    with open(language, encoding="utf-8") as file:
        letters = {ord(c) for c in file.read() if ord(c) >= 0x300}
    options = subset.Options(flavor="woff2", layout_features=["kern"], hinting=False, notdef_outline=True)
    loaded = subset.load_font(font, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(loaded)
    subset.save_font(loaded, out, options)


main(*sys.argv[1:])
