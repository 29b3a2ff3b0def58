"""What plain Keras makes of the lab's networks: models and files to take away, and hand checks."""

import keras

# The lab's networks are float32, whatever ~/.keras/keras.json says on this machine.
keras.config.set_floatx("float32")
