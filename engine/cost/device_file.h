// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Device files: JSON, one board with one runtime per file; the fields are those of
// types/device_profile.h, documented in resources/devices/README.md.

#include <filesystem>
#include <string>
#include <vector>

#include "types/device_profile.h"
#include "types/result.h"

namespace cost {

/// `name`: origin of the text, for errors.
types::Result<types::DeviceProfile> parseDevice(const std::string& text, const std::string& name);

types::Result<types::DeviceProfile> readDeviceFile(const std::filesystem::path& file);

/// Reads all *.json of a directory, sorted by id. A bad file is an Error with its name.
types::Result<std::vector<types::DevicePtr>> readDevices(const std::filesystem::path& directory);

/// The text of a device file. Equal texts: equal boards.
std::string deviceText(const types::DeviceProfile& device);

/// Writes the profile for readDeviceFile(), with coefficients rounded to six digits.
types::Result<void> writeDeviceFile(const types::DeviceProfile& device,
                                    const std::filesystem::path& file);

}  // namespace cost
