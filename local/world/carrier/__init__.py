"""The carrier: takes texts from AWS clients, shows them on phones, sends what people type to SNS."""
