local fine = true
local wrong = = 1
