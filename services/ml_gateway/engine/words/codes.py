"""What one letter or one digit stands for in columns that hold codes."""

# Each word with the stored forms that mean it, folded; the columns are named with one of the words below.
GENDERS: dict[str, frozenset[str]] = {
    word: stored
    for words, stored in (
        ("female woman girl lady", frozenset({"f", "female", "w", "woman"})),
        ("male man boy gentleman", frozenset({"m", "male", "man"})),
    )
    for word in words.split()
}
GENDER_COLUMNS = frozenset({"gender", "sex"})
TRUE_FORMS = frozenset({"y", "yes", "t", "true", "1"})
FALSE_FORMS = frozenset({"n", "no", "f", "false", "0"})
# Months as they are cut.
MONTHS = {
    name: name[:3]
    for name in (
        "january february march april may june july august september october november december".split()
    )
}  # fmt: skip
