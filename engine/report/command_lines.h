// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The command lines that repeat what a window or a report shows. They may be copied into a POSIX
// shell: every name is quoted, whatever it holds.

#include <string>
#include <vector>

#include "types/device_profile.h"
#include "types/variation.h"

namespace report {

/// A word of a command line, quoted where it must be.
std::string shellWord(const std::string& text);

/// What a command works on.
struct CommandSubject {
    std::string model;                ///< path of the model or project
    types::Variation variation = {};  ///< effective
    types::DevicePtr board = {};      ///< null: none
    std::string boardFile = {};       ///< where the board is none of the bundled ones; else its id
    std::string dataset = {};         ///< path; empty: none
    std::string calibration = {};     ///< path; empty: the calibration part of `dataset`
    bool usesTestPart = false;        ///< scored on the test part alone, whatever the variation
    std::vector<std::string> tried = {};  ///< paths of further variation documents
};

/// File that variationLines() makes and commandLine() names.
inline constexpr const char* kVariationFile = "variation.json";

/// Writes the variation to kVariationFile; nothing for the original.
std::vector<std::string> variationLines(const CommandSubject& subject);

/// "netcaliper-cli evaluate kws.tflite --variation variation.json --device ...". `tail`: what
/// follows, as it is. Only evaluate and report take all flags; `isExport`: those that export takes.
std::string commandLine(const std::string& verb, const CommandSubject& subject,
                        const std::string& tail = {}, bool isExport = false);

}  // namespace report
