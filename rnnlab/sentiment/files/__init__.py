"""Reviews and texts as people have them: files, folders, pasted lines, and Keras' data set."""
