// SPDX-License-Identifier: GPL-3.0-or-later
#include "matrix_output.h"

#include <cmath>
#include <map>

#include "json_output.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

Json wordOrNull(const std::string& word) {
    return word.empty() ? Json() : Json(word);
}

Json matrixCellJson(const CostMatrix& matrix, const MatrixCell& cell) {
    Json json = {{"target", cell.at(MatrixAxis::Target)},
                 {"kernels", cell.at(MatrixAxis::Kernels)},
                 {"flags", wordOrNull(cell.at(MatrixAxis::Flags))},
                 {"precision", cell.at(MatrixAxis::Precision)},
                 {"core", wordOrNull(cell.core)},
                 {"state", cellStateName(cell.state)},
                 {"quantity", quantityName(cell.quantity)},
                 {"unit", unitOf(cell.quantity)},
                 {"value", cell.value ? Json(*cell.value) : Json()}};
    if (!cell.value) json["value_reason"] = cell.reason.empty() ? "not measured yet" : cell.reason;
    if (cell.band) json["band"] = {{"low", cell.band->low}, {"high", cell.band->high}};
    const auto relative = relativeCost(matrix, cell);
    json["relative"] = relative ? Json(*relative) : Json();
    json["session"] = wordOrNull(cell.session);
    return json;
}

/// "4,637,379 instructions", "1.23 ms ~": ~ marks a prediction.
std::string matrixCellText(const MatrixCell& cell) {
    if (cell.state == CellState::Failed) return "failed";
    if (!cell.value) return "open";
    const bool isTime = cell.quantity == Quantity::LatencyUs;
    std::string text = isTime ? timeText(Estimate{*cell.value, *cell.value, *cell.value})
                              : grouped(std::llround(*cell.value));
    return text + (cell.state == CellState::Predicted ? " ~" : "");
}

/// One line for each target, kernels and flags, one column for each precision.
std::string matrixTableText(const CostMatrix& matrix) {
    const std::vector<std::string> precisions = matrix.along(MatrixAxis::Precision);
    std::vector<std::string> titles = {"target", "kernels", "flags"};
    for (const std::string& precision : precisions)
        titles.push_back(">" + precision);
    titles.emplace_back("unit");
    TextTable table(titles);
    std::vector<std::vector<std::string>> lines;
    for (const MatrixCell& cell : matrix.cells) {
        std::vector<std::string> head(cell.place.begin(), cell.place.begin() + 3);
        auto line = std::ranges::find_if(
            lines, [&](const auto& l) { return std::equal(head.begin(), head.end(), l.begin()); });
        if (line == lines.end()) {
            head.resize(3 + precisions.size(), "-");
            head.emplace_back(cell.quantity == Quantity::LatencyUs ? "" : unitOf(cell.quantity));
            line = lines.insert(lines.end(), head);
        }
        const auto column = std::ranges::find(precisions, cell.at(MatrixAxis::Precision));
        (*line)[3 + static_cast<size_t>(column - precisions.begin())] = matrixCellText(cell);
    }
    for (auto& line : lines)
        table.addRow(std::move(line));
    return table.text();
}

/// Each reason once, with the number of its cells.
std::string reasonsText(const CostMatrix& matrix) {
    std::map<std::string, int> reasons;
    for (const MatrixCell& cell : matrix.cells)
        if (cell.state == CellState::Failed) ++reasons[cell.reason];
    std::string text;
    for (const auto& [reason, count] : reasons)
        text += std::to_string(count) + (count == 1 ? " cell: " : " cells: ") + reason + "\n";
    return text;
}

}  // namespace

Output matrixOutput(const matrix::MatrixRun& run) {
    const CostMatrix& matrix = run.matrix;
    const size_t measured = matrix.count(CellState::Measured);
    const size_t predicted = matrix.count(CellState::Predicted);
    const size_t failed = matrix.count(CellState::Failed), open = matrix.count(CellState::Open);
    Output output;
    output.json = {{"matrix", matrix.name},
                   {"model", matrix.model},
                   {"cells", Json::array()},
                   {"measured", run.measured},
                   {"kept", measured - run.measured},
                   {"predicted", predicted},
                   {"failed", failed},
                   {"open", open},
                   {"different", run.different},
                   {"stopped", run.wasStopped}};
    for (const MatrixCell& cell : matrix.cells)
        output.json["cells"].push_back(matrixCellJson(matrix, cell));
    output.text = matrixTableText(matrix) + std::to_string(matrix.cells.size()) +
                  " cells: " + std::to_string(run.measured) + " measured now, " +
                  std::to_string(measured - run.measured) + " measured before, " +
                  std::to_string(predicted) + " predicted (~), " + std::to_string(failed) +
                  " failed, " + std::to_string(open) + " open\n" + reasonsText(matrix);
    if (run.different > 0)
        output.text += std::to_string(run.different) +
                       " cells have other counts than before: kernels or compiler have changed\n";
    if (run.wasStopped) output.text += "stopped; asking again resumes\n";
    return output;
}

}  // namespace app
