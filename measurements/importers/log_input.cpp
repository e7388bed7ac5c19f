// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/log_input.h"

#include <fstream>

namespace importers {

namespace {

constexpr uintmax_t kMaxBytes = uintmax_t{512} << 20;

}  // namespace

const LogFile* LogInput::find(std::string_view fileName) const {
    for (const LogFile& file : files)
        if (file.name == fileName) return &file;
    return nullptr;
}

types::Result<LogFile> loadLogFile(const std::filesystem::path& path) {
    std::error_code problem;
    const auto size = std::filesystem::file_size(path, problem);
    if (problem)
        return types::fail("cannot be read (" + problem.message() + ")", path.string(),
                           "check the path and its permissions");
    if (size > kMaxBytes)
        return types::fail("the log has more than 512 MiB", path.string(),
                           "cut it to the part that was measured");
    LogFile file{path.filename().string(), std::string(size, '\0')};
    std::ifstream stream(path, std::ios::binary);
    if (!stream.read(file.bytes.data(), static_cast<std::streamsize>(size)))
        return types::fail("cannot be read", path.string(), "check its permissions");
    return file;
}

}  // namespace importers
