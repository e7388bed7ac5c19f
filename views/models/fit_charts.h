// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Charts and tables of a FitReport for the fit page: predicted against measured, residuals by
// operator, errors beside the rules of thumb, and the layers to measure next.

#include <QColor>

#include "types/fit_report.h"
#include "types/study.h"

namespace views {

/// A chart with the colours of its series, which are those of the operators.
struct ColoredChart {
    types::StudyChart chart;
    std::vector<QColor> colors;
};

/// Both axes logarithmic, with the diagonal; one series per operator.
ColoredChart predictedAgainstMeasured(const types::FitReport& report);
/// One row per operator, one point per layer.
ColoredChart residualsByOperator(const types::FitReport& report);

types::StudyTable errorsTable(const types::FitReport& report);
types::StudyTable adviceTable(const std::vector<types::LayerAdvice>& advice);

}  // namespace views
