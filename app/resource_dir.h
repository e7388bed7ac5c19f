// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Location of device profiles and bundled models: beside the build ("../resources" of bin/) or
// installed ("../share/netcaliper"); NETCALIPER_RESOURCES overrides both.

#include <filesystem>

namespace app {

/// Contains devices/*.json and models/*.tflite. Empty where none was found.
std::filesystem::path resourceDirectory();

}  // namespace app
