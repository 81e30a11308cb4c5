"""What Switchboard costs in time, calls and money, measured; ratios within one run."""
