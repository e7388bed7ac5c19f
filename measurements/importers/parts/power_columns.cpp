// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/power_columns.h"

#include <map>

#include "importers/parts/column_map.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

struct Split {
    std::string name, unit;
};

/// The name in lower case, with u for the sign of micro in UTF-8 or Latin-1.
std::string plainName(const std::string& header) {
    std::string text = lowerCase(header);
    for (const char* micro : {"\xC2\xB5", "\xCE\xBC", "\xB5"})
        if (const size_t at = text.find(micro); at != std::string::npos)
            text.replace(at, std::string_view(micro).size(), "u");
    return text;
}

/// Splits "Current(uA)", "current_ua" and "Current [uA]" into "current" and "ua".
Split splitUnit(const std::string& header) {
    const std::string text = plainName(header);
    const size_t open = text.find_first_of("([");
    if (open != std::string::npos) {
        const size_t close = text.find_first_of(")]", open);
        const auto unit = std::string_view(text).substr(
            open + 1, close == std::string::npos ? close : close - open - 1);
        return {std::string(trimmed(std::string_view(text).substr(0, open))),
                std::string(trimmed(unit))};
    }
    const size_t bar = text.rfind('_');
    if (bar == std::string::npos) return {text, ""};
    return {text.substr(0, bar), text.substr(bar + 1)};
}

/// Factor of a unit to seconds, milliamperes, volts or milliwatts; an empty unit is the base unit.
std::optional<double> factorOf(char kind, const std::string& unit) {
    static const std::map<std::pair<char, std::string>, double> factors = {
        {{'t', ""}, 1},      {{'t', "s"}, 1},     {{'t', "ms"}, 1e-3}, {{'t', "us"}, 1e-6},
        {{'t', "ns"}, 1e-9}, {{'i', ""}, 1e3},    {{'i', "a"}, 1e3},   {{'i', "ma"}, 1},
        {{'i', "ua"}, 1e-3}, {{'i', "na"}, 1e-6}, {{'v', ""}, 1},      {{'v', "v"}, 1},
        {{'v', "mv"}, 1e-3}, {{'p', ""}, 1e3},    {{'p', "w"}, 1e3},   {{'p', "mw"}, 1},
        {{'p', "uw"}, 1e-3}};
    const auto found = factors.find({kind, unit});
    return found == factors.end() ? std::nullopt : std::optional(found->second);
}

char kindOf(const std::string& name) {
    static const std::map<std::string, char> kinds = {
        {"time", 't'}, {"timestamp", 't'},   {"t", 't'}, {"current", 'i'},
        {"i", 'i'},    {"voltage", 'v'},     {"v", 'v'}, {"power", 'p'},
        {"p", 'p'},    {"main current", 'i'}};
    const auto found = kinds.find(name);
    if (found != kinds.end()) return found->second;
    // Instruments name their channels: "Main current - Arc".
    return contains(name, "current") ? 'i' : contains(name, "voltage") ? 'v' : '\0';
}

bool isChannel(const std::string& name) {
    return name == "marker" || name == "gpio" || name == "trigger" ||
           (name.size() == 2 && name[0] == 'd' && name[1] >= '0' && name[1] <= '7');
}

}  // namespace

std::optional<double> PowerColumns::Scaled::read(const std::vector<std::string>& cells) const {
    const auto column = static_cast<size_t>(place);
    const auto value = column < cells.size() ? numberOf(cells[column]) : std::nullopt;
    return value ? std::optional(*value * factor) : std::nullopt;
}

bool PowerColumns::complete() const {
    return m_time.place >= 0 && (m_power.place >= 0 || m_current.place >= 0);
}

bool PowerColumns::take(const std::string& header, int place) {
    const std::string plain = lowerCase(header);
    if (isChannel(plain) && m_digital.size() < 8) {
        m_digital.push_back(place);
        return true;
    }
    if ((plain == "d0-d7" || plain == "bits") && m_bits < 0) {
        m_bits = place;
        return true;
    }
    const auto [name, unit] = splitUnit(header);
    const char kind = kindOf(name);
    const auto factor = factorOf(kind, unit);
    if (!factor) return false;
    Scaled& target = kind == 't'   ? m_time
                     : kind == 'i' ? m_current
                     : kind == 'v' ? m_voltage
                                   : m_power;
    if (target.place >= 0) return false;
    target = {place, *factor};
    return true;
}

std::optional<double> PowerColumns::timeS(const std::vector<std::string>& cells) const {
    return m_time.read(cells);
}

std::optional<double> PowerColumns::powerMw(const std::vector<std::string>& cells,
                                            double supplyVolts) const {
    if (m_power.place >= 0) return m_power.read(cells);
    const auto current = m_current.read(cells);
    const auto volts = m_voltage.place >= 0 ? m_voltage.read(cells) : std::optional(supplyVolts);
    return current && volts ? std::optional(*current * *volts) : std::nullopt;
}

uint8_t PowerColumns::channels(const std::vector<std::string>& cells) const {
    uint8_t bits = 0;
    for (size_t i = 0; i < m_digital.size(); ++i) {
        const auto column = static_cast<size_t>(m_digital[i]);
        if (column < cells.size() && numberOf(cells[column]).value_or(0) != 0)
            bits |= static_cast<uint8_t>(1u << i);
    }
    const auto column = static_cast<size_t>(m_bits);
    if (m_bits >= 0 && column < cells.size())
        for (size_t i = 0; i < cells[column].size() && i < 8; ++i)
            if (cells[column][i] == '1') bits |= static_cast<uint8_t>(1u << i);
    return bits;
}

PowerColumns powerColumns(const CsvReader& rows) {
    PowerColumns columns;
    for (size_t i = 0; i < rows.header().size(); ++i)
        columns.take(rows.header()[i], static_cast<int>(i));
    return columns;
}

types::Result<PowerColumns> powerColumns(const CsvReader& rows, const std::string& map,
                                         const std::string& file) {
    PowerColumns columns;
    if (map.empty()) {
        columns = powerColumns(rows);
    } else {
        auto roles = parseColumnMap(map);
        if (roles) roles = placedIn(std::move(*roles), rows, file);
        if (!roles) return tl::unexpected(roles.error());
        for (const ColumnRole& role : *roles)
            if (!columns.take(role.role, role.place))
                return types::fail("'" + role.role + "' is not a role of a power trace", file,
                                   "roles are time_s, current_ma, voltage_v, power_mw, marker");
    }
    if (!columns.complete())
        return types::fail("no columns of time and of current or power", file,
                           "map them: time_s=COLUMN,current_ma=COLUMN,voltage_v=COLUMN");
    return columns;
}

}  // namespace importers
