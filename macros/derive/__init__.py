"""What can be worked out from the model. No text and no markup."""
