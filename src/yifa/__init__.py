"""Yifa 依法: the working system of a Chinese city's justice bureau."""
