// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/reserved_lines.h"

#include <algorithm>
#include <charconv>

namespace cost {

using types::DeviceProfile;
using types::ReservedMemory;

DeviceProfile withReserved(DeviceProfile device, BoardMemory memory, ReservedMemory line) {
    line.isUsers = true;
    auto& lines = memory == BoardMemory::Flash ? device.reservedFlash : device.reservedSram;
    const auto same = std::find_if(lines.begin(), lines.end(),
                                   [&](const ReservedMemory& r) { return r.what == line.what; });
    if (line.bytes == 0) {
        if (same != lines.end()) lines.erase(same);
    } else if (same != lines.end()) {
        *same = line;
    } else {
        lines.push_back(line);
    }
    return device;
}

types::Result<ReservedMemory> parseReserved(const std::string& text, const std::string& source) {
    const size_t equals = text.rfind('=');
    ReservedMemory line{text.substr(0, equals), 0, source};
    const char* end = text.data() + text.size();
    const char* digits = equals == std::string::npos ? end : text.data() + equals + 1;
    const auto parsed = std::from_chars(digits, end, line.bytes);
    constexpr int64_t kMax = int64_t{1} << 40;
    if (line.what.empty() || parsed.ec != std::errc() || parsed.ptr != end || line.bytes < 0 ||
        line.bytes > kMax)
        return types::fail("'" + text + "' is not WHAT=BYTES", "", "for example stack=4096");
    return line;
}

}  // namespace cost
