// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PowerColumns: the columns of a power trace with time, current, voltage, power and digital
// channels, and their units. The header states units: "Current(uA)", "current_ma", "Time [s]"; base
// units (s, A, V, W) without one.

#include <optional>
#include <string>
#include <vector>

#include "importers/parts/csv_reader.h"
#include "types/result.h"

namespace importers {

class PowerColumns {
public:
    /// One column, and its factor to seconds, milliamperes, volts or milliwatts.
    struct Scaled {
        int place = -1;
        double factor = 1;
        std::optional<double> read(const std::vector<std::string>& cells) const;
    };

    /// True with a time and a power or current.
    bool complete() const;
    /// True where power can be computed without a user's voltage.
    bool hasVoltage() const { return m_power.place >= 0 || m_voltage.place >= 0; }

    std::optional<double> timeS(const std::vector<std::string>& cells) const;
    std::optional<double> powerMw(const std::vector<std::string>& cells, double supplyVolts) const;
    /// Returns digital channels, D0 in the lowest bit.
    uint8_t channels(const std::vector<std::string>& cells) const;

    /// Takes a column by its name; false where it is no column of a trace. A second column of the
    /// same role is not taken.
    bool take(const std::string& name, int place);

private:
    Scaled m_time, m_current, m_voltage, m_power;
    std::vector<int> m_digital;  ///< columns of one channel each
    int m_bits = -1;             ///< column with a string of bits, D0 first; -1: none
};

/// Finds columns by the names in the header.
PowerColumns powerColumns(const CsvReader& rows);
/// Finds columns by a column map, or by name without one; an Error where time or power is missing.
types::Result<PowerColumns> powerColumns(const CsvReader& rows, const std::string& map,
                                         const std::string& file);

}  // namespace importers
