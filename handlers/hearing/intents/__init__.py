"""What a sentence is for: its traits, what they mean, and the weights learned for them."""
