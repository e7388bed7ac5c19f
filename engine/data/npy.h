// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// NumPy's .npy files, versions 1 to 3. Arrays in Fortran order and with the most significant byte
// first are returned like all others. Source: NEP 1.

#include <filesystem>
#include <span>
#include <vector>

#include "types/data_type.h"
#include "types/result.h"
#include "types/tensor.h"

namespace data {

struct Array {
    types::DataType type = types::DataType::Float32;
    types::Shape shape;
    std::vector<uint8_t> bytes;  ///< row-major elements, little-endian
};

types::Result<Array> readNpy(const std::filesystem::path& file);
types::Result<Array> parseNpy(std::span<const uint8_t> bytes, const std::string& name);

/// Returns the bytes of a .npy file.
std::vector<uint8_t> npyBytes(types::DataType type, const types::Shape& shape,
                              std::span<const uint8_t> bytes);
types::Result<void> writeNpy(const std::filesystem::path& file, types::DataType type,
                             const types::Shape& shape, std::span<const uint8_t> bytes);

}  // namespace data
