"""Files that belong to complaints: photographs, voice notes, videos, documents."""
