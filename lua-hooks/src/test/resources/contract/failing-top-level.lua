local fine = true
error("boom")
