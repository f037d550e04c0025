function message(pub, sub) { return publish(pub); }
