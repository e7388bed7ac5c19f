// SPDX-License-Identifier: GPL-3.0-or-later
#include "resource_dir.h"

#include <cstdlib>

namespace app {

std::filesystem::path resourceDirectory() {
    namespace fs = std::filesystem;
    if (const char* chosen = std::getenv("NETCALIPER_RESOURCES")) return chosen;
    std::error_code problem;
    const fs::path binary = fs::read_symlink("/proc/self/exe", problem);
    if (problem) return {};
    const fs::path prefix = binary.parent_path().parent_path();
    for (const fs::path& candidate : {prefix / "resources", prefix / "share" / "netcaliper"})
        if (fs::is_directory(candidate / "devices", problem)) return candidate;
    return {};
}

}  // namespace app
