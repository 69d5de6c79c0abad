"""`infinure evaluate`: the engine over files of questions, measured against answers that are known to be right."""
