local unused = 1
