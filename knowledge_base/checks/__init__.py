"""What ``bot kb check`` looks for, one subject a module; ``knowledge_base.check`` puts the findings together."""
