// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// log.txt of EEMBC's EnergyRunner: lines "SSSSS.mmm source: message" of the host, which include the
// board's output. Performance mode prints time stamps around each window of inferences; energy mode
// does not (a pin marks the windows there).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace importers {

struct RunnerWindow {
    std::string input;  ///< name of the input file
    int64_t inferences = 1;
    std::vector<double> lapsUs;           ///< the board's clock, as printed
    double hostBeginS = 0, hostEndS = 0;  ///< the host's clock at begin and end
    std::vector<double> results;
};

struct EnergyRunnerLog {
    std::string code;     ///< "ulp-mlperf" performance and accuracy, "ulp-ml" energy
    std::string runName;  ///< "ML Performance 1.0.1"
    std::string startId;  ///< "20210603010201": local time of the host
    std::string version, model, profile, runMode;
    double supplyVolts = 0;
    bool isEnergyMode = false;
    std::vector<RunnerWindow> windows;
};

bool isEnergyRunnerLog(std::string_view text);
EnergyRunnerLog readEnergyRunnerLog(std::string_view text);

/// Returns microseconds of one inference, from first to last lap. A 32-bit counter that wrapped in
/// between is repaired where the host's clock agrees (sets `wrapped`); nothing where it does not.
std::optional<double> latencyUs(const RunnerWindow& window, bool& wrapped);

}  // namespace importers
