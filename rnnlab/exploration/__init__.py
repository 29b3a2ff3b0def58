"""What can be seen and known of a rule's data before any network is trained."""
