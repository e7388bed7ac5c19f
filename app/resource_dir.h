// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the device profiles and bundled models lie: beside the build ("../resources" of bin/) or
// installed ("../share/netcaliper"); NETCALIPER_RESOURCES overrides both.

#include <filesystem>

namespace app {

/// Holds devices/*.json and models/*.tflite. Empty where none was found.
std::filesystem::path resourceDirectory();

}  // namespace app
