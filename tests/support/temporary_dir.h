// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A fresh directory that goes away with the test.

#include <cstdlib>
#include <filesystem>
#include <string>

namespace support {

class TemporaryDir {
public:
    TemporaryDir() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "netcaliper-XXXXXX").string();
        m_path = mkdtemp(pattern.data());
    }
    ~TemporaryDir() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryDir(const TemporaryDir&) = delete;
    TemporaryDir& operator=(const TemporaryDir&) = delete;

    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

}  // namespace support
