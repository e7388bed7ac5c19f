// SPDX-License-Identifier: GPL-3.0-or-later
#include "bytes/write_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <system_error>

namespace bytes {

using types::fail;
using types::Result;

namespace {

/// Waits until the disk has a file, or the entries of a directory.
bool waitForDisk(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool isDone = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return isDone;
}

}  // namespace

Result<void> writeFile(const std::filesystem::path& file, std::span<const uint8_t> bytes,
                       Wait wait) {
    std::filesystem::path temporary = file;
    temporary += ".part";
    std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
    stream.write(reinterpret_cast<const char*>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
    stream.close();
    std::error_code problem;
    const bool isWritten = stream && (wait == Wait::No || waitForDisk(temporary));
    if (!isWritten) {
        std::filesystem::remove(temporary, problem);
        return fail("cannot be written", file.string(), "check the directory and the free space");
    }
    std::filesystem::rename(temporary, file, problem);
    if (!problem) {
        // A file system that cannot wait for its directories orders them after their files.
        if (wait == Wait::ForDisk) waitForDisk(std::filesystem::absolute(file).parent_path());
        return {};
    }
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    return fail("cannot be written", file.string(), problem.message());
}

Result<void> writeFile(const std::filesystem::path& file, std::string_view text, Wait wait) {
    return writeFile(file, std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()),
                     wait);
}

}  // namespace bytes
