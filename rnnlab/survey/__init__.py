"""What can be seen in the data of a rule before any network is: strips, cuts, chances, floors."""
