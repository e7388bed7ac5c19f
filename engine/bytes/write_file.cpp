// SPDX-License-Identifier: GPL-3.0-or-later
#include "bytes/write_file.h"

#include <fstream>
#include <system_error>

namespace bytes {

using types::fail;
using types::Result;

Result<void> writeFile(const std::filesystem::path& file, std::span<const uint8_t> bytes) {
    std::filesystem::path temporary = file;
    temporary += ".part";
    std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
    stream.write(reinterpret_cast<const char*>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
    stream.close();
    std::error_code problem;
    if (!stream) {
        std::filesystem::remove(temporary, problem);
        return fail("cannot be written", file.string(), "check the directory and the free space");
    }
    std::filesystem::rename(temporary, file, problem);
    if (!problem) return {};
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    return fail("cannot be written", file.string(), problem.message());
}

Result<void> writeFile(const std::filesystem::path& file, std::string_view text) {
    return writeFile(file, std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
}

}  // namespace bytes
