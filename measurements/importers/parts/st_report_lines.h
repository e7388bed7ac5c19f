// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads a report of ST's tools line by line: a summary "key : value", then a table with one row per
// layer of the model. Two generations differ in width, in the name of the first column and in what
// follows "connected to": X-CUBE-AI ("Neural Network Tools for STM32", to 2023) and ST Edge AI Core
// (since 2024). Columns are located by their titles.

#include <map>
#include <optional>
#include <string_view>

#include "importers/parts/session_builder.h"
#include "importers/parts/st_layer_row.h"

namespace importers {

/// MACCs and bytes that rows of one layer add up to. Rows of constants and activations have the
/// number of their layer and belong to it.
class StLayerSums {
public:
    void add(const StLayerRow& row);
    /// Adds each layer's MACCs and bytes as estimates, and warns where they do not sum to the
    /// totals of the report.
    void finish(SessionBuilder& builder, std::optional<double> macc,
                std::optional<double> bytes) const;

private:
    struct Layer {
        std::string original, outShape;
        std::optional<double> macc, bytes;
    };
    std::map<int32_t, Layer> m_layers;
};

class StReportLines {
public:
    void take(std::string_view line, SessionBuilder& builder);
    void finish(SessionBuilder& builder) const;

private:
    void takeSummary(std::string_view line, SessionBuilder& builder);
    void takeTotals(std::string_view line);

    StLayerTable m_table;
    StLayerSums m_sums;
    std::optional<double> m_macc, m_bytes;            ///< of the summary
    std::optional<double> m_modelMacc, m_modelBytes;  ///< of the line below the table
};

}  // namespace importers
