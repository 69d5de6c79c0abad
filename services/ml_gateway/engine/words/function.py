"""Words that hold sentences together; none is a name of anything by itself."""

FUNCTION_WORDS = frozenset(
    """a an the of in on at to for from with by is are was were be been being am do does did done has have had having
    what whats which who whom whose when where why how many much that this these those there it its i me my we us our
    ours you your yours they them their theirs he him his she her hers and or nor as into onto within across through
    than not no please can could would will shall should may might must let if but then so s t re ll ve d all any each
    every some also only just both either neither such same while during about between among against until since per
    very too yet still ever never always else other another again here most more least less fewer few several own
    along together whether because though although upon without""".split()
)
# Verbs that open a request; elsewhere they may be names.
OPENING_VERBS = frozenset(
    """show list give find tell return get display fetch provide compute calculate present select retrieve report
    count identify describe determine sort order use see want need know like""".split()
)
