"""Conversations, and answers as tasks that outlive the rpc that asked."""
