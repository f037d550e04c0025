const fine = true;
throw new Error("boom");
