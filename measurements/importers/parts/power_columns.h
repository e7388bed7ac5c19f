// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PowerColumns: where a power trace holds time, current, voltage, power and digital channels, and
// in which unit. Units are read from the header: "Current(uA)", "current_ma", "Time [s]"; base
// units (s, A, V, W) where it says none.

#include <optional>
#include <string>
#include <vector>

#include "importers/parts/csv_reader.h"
#include "types/result.h"

namespace importers {

class PowerColumns {
public:
    /// One column and what a value in it is worth in seconds, milliamperes, volts or milliwatts.
    struct Scaled {
        int place = -1;
        double factor = 1;
        std::optional<double> read(const std::vector<std::string>& cells) const;
    };

    /// Time, and power or a current.
    bool complete() const;
    /// True where power needs no further voltage.
    bool hasVoltage() const { return m_power.place >= 0 || m_voltage.place >= 0; }

    std::optional<double> timeS(const std::vector<std::string>& cells) const;
    std::optional<double> powerMw(const std::vector<std::string>& cells, double supplyVolts) const;
    /// Digital channels, D0 in the lowest bit.
    uint8_t channels(const std::vector<std::string>& cells) const;

    /// Takes a column by its name; false where the name is none of a trace's. A column that comes
    /// second for the same thing is not taken.
    bool take(const std::string& name, int place);

private:
    Scaled m_time, m_current, m_voltage, m_power;
    std::vector<int> m_digital;  ///< columns of one channel each
    int m_bits = -1;             ///< column with a string of bits, D0 first
};

/// By the names in the header.
PowerColumns powerColumns(const CsvReader& rows);
/// By a column map where there is one, else by the names; an Error where time or power is missing.
types::Result<PowerColumns> powerColumns(const CsvReader& rows, const std::string& map,
                                         const std::string& file);

}  // namespace importers
