// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The flags for data: evaluation samples (--dataset), calibration samples (--calibration), and the
// scaling of pixels and codes.

#include <CLI/CLI.hpp>
#include <string>

#include "data/dataset.h"
#include "scoring/sample_selection.h"
#include "types/result.h"

namespace app {

struct DatasetFlags {
    std::string dataset, calibration;
    data::ReadOptions reading;
    scoring::SampleSelection use;  ///< its datasets are null until read()

    /// Adds --dataset and all others.
    void addTo(CLI::App& command);
    /// Adds --dataset and its reading options, for commands that do not calibrate.
    void addEvaluationTo(CLI::App& command);
    /// Adds all but --dataset, for commands that do not evaluate.
    void addCalibrationTo(CLI::App& command);

    /// Reads the named data; warnings (skipped files, empty classes) go to stderr. A path given
    /// twice is read once.
    types::Result<scoring::SampleSelection> read() const;

private:
    void addDatasetTo(CLI::App& command);
    void addReadingTo(CLI::App& command);
};

}  // namespace app
