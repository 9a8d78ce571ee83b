"""What follows from the model. No text and no markup."""
