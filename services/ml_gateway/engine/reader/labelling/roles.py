"""Labels by what they do to the order of rows, and which are shown."""

from services.ml_gateway.engine.reader.labelling.labels import Label

TOP = {
    Label.TOP_ASC: False, Label.TOP_DESC: True, Label.SHOW_TOP_ASC: False, Label.SHOW_TOP_DESC: True,
    Label.RANK_TOP_ASC: False, Label.RANK_TOP_DESC: True, Label.COMMON: True, Label.RARE: False,
}  # fmt: skip
SORTED = {
    Label.ASC: False, Label.DESC: True, Label.SHOW_ASC: False, Label.SHOW_DESC: True,
    Label.RANK_ASC: False, Label.RANK_DESC: True,
}  # fmt: skip
ORDER = {**TOP, **SORTED}
RANK = (Label.RANK_ASC, Label.RANK_DESC, Label.RANK_TOP_ASC, Label.RANK_TOP_DESC)
SHOWING = (
    Label.SHOW, Label.SHOW_ASC, Label.SHOW_DESC, Label.SHOW_TOP_ASC, Label.SHOW_TOP_DESC, Label.COMMON, Label.RARE,
)  # fmt: skip
