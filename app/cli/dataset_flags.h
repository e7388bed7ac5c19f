// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The flags that name data and say how they are read: what judges a model (--dataset), what knobs
// learn from (--calibration), and the scaling of pixels and codes.

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

    /// --dataset and all others.
    void addTo(CLI::App& command);
    /// --dataset and how it is read, for commands that teach nothing.
    void addJudgingTo(CLI::App& command);
    /// For commands that judge nothing: all but --dataset.
    void addCalibrationTo(CLI::App& command);

    /// Reads what was named; warnings (bad files left out, empty classes) go to stderr. One path
    /// given twice is read once.
    types::Result<scoring::SampleSelection> read() const;

private:
    void addDatasetTo(CLI::App& command);
    void addReadingTo(CLI::App& command);
};

}  // namespace app
