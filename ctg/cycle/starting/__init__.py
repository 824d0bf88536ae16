"""From a territory without a plan to a plan one can work on."""
