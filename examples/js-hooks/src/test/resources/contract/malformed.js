const fine = true;
const wrong = = 1;
