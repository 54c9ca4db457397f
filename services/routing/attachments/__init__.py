"""Files of the complaints of a case: intake keeps them, whoever may read the words may see them."""
