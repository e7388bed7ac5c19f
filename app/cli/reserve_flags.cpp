// SPDX-License-Identifier: GPL-3.0-or-later
#include "reserve_flags.h"

#include "cost/reserved_lines.h"

namespace app {
namespace {

constexpr const char* kSource = "given on the command line";

std::string problemOf(const std::string& text) {
    const auto line = cost::parseReserved(text, kSource);
    return line ? "" : line.error().message();
}

}  // namespace

void ReserveFlags::addTo(CLI::App& command) {
    const auto add = [&](const char* name, std::vector<std::string>& lines, const char* memory) {
        command
            .add_option(name, lines,
                        std::string("Bytes of the board's ") + memory +
                            " that something else takes, in place of the profile's line of that "
                            "name; 0 takes the line out; may be repeated")
            ->type_name("WHAT=BYTES")
            ->allow_extra_args(false)
            ->check(problemOf);
    };
    add("--reserve-flash", m_flash, "flash");
    add("--reserve-sram", m_sram, "SRAM");
}

types::DevicePtr ReserveFlags::applied(const types::DevicePtr& device) const {
    if (!device || (m_flash.empty() && m_sram.empty())) return device;
    types::DeviceProfile changed = *device;
    for (const std::string& text : m_flash)
        changed = cost::withReserved(std::move(changed), cost::BoardMemory::Flash,
                                     *cost::parseReserved(text, kSource));
    for (const std::string& text : m_sram)
        changed = cost::withReserved(std::move(changed), cost::BoardMemory::Sram,
                                     *cost::parseReserved(text, kSource));
    return std::make_shared<const types::DeviceProfile>(std::move(changed));
}

}  // namespace app
