// SPDX-License-Identifier: GPL-3.0-or-later
#include "matrix/matrix_sessions.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "statistics/layer_sum.h"
#include "types/target.h"

namespace matrix {
namespace {

using namespace types;

constexpr std::string_view kNote = "matrix: ";
constexpr std::string_view kBetween = " | ";

std::vector<std::string> partsOf(std::string_view text) {
    std::vector<std::string> parts;
    for (size_t end; (end = text.find(kBetween)) != std::string_view::npos;
         text.remove_prefix(end + kBetween.size()))
        parts.emplace_back(text.substr(0, end));
    parts.emplace_back(text);
    return parts;
}

/// Median of a whole inference, of the layers' sum where the log has no other.
std::optional<double> wholeOf(const Session& session, Quantity quantity) {
    // Derived figures are no measurement.
    for (const Measurement& m : session.measurements)
        if (m.quantity == quantity && m.estimated) return std::nullopt;
    const auto totals = statistics::totalsOf(session, quantity);
    if (totals.whole) return totals.whole->median;
    if (totals.sumOfLayers) return totals.sumOfLayers->median;
    return std::nullopt;
}

/// The target that measures on this core, as runners name it: "qemu-cortex-m4"; else the board.
std::string targetOf(const Session& session) {
    const Conditions& conditions = session.conditions;
    if (session.format.starts_with("qemu-")) return session.format;
    if (conditions.source == MeasurementSource::Emulator &&
        conditions.core.starts_with("Cortex-")) {
        std::string name = "qemu-" + conditions.core;
        std::ranges::transform(name, name.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return name;
    }
    return conditions.board.empty() ? conditions.core : conditions.board;
}

std::string kernelsOf(const Conditions& conditions) {
    if (conditions.runtime == kNetcaliperRuntime)
        return conditions.kernels == "reference" ? kPlainKernels : kPackedKernels;
    if (conditions.kernels.empty()) return conditions.runtime;
    return conditions.runtime + (conditions.runtime.empty() ? "" : " ") + conditions.kernels;
}

/// Short words first: "m4" before "m33", "-O2" before "-Ofast".
bool comesBefore(const MatrixCell& a, const MatrixCell& b) {
    for (size_t axis = 0; axis < kMatrixAxisCount; ++axis) {
        const std::string &left = a.place[axis], &right = b.place[axis];
        if (left.size() != right.size()) return left.size() < right.size();
        if (left != right) return left < right;
    }
    return false;
}

}  // namespace

std::optional<SessionPlace> placeOf(const Conditions& conditions) {
    std::istringstream lines(conditions.notes);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(kNote)) continue;
        std::vector<std::string> parts = partsOf(std::string_view(line).substr(kNote.size()));
        if (parts.size() != kMatrixAxisCount + 2) return std::nullopt;
        SessionPlace found{parts.front(), parts.back(), {}};
        std::move(parts.begin() + 1, parts.end() - 1, found.place.begin());
        return found;
    }
    return std::nullopt;
}

std::string sessionName(const std::string& matrix, const MatrixPlace& place) {
    std::string name = matrix;
    for (const std::string& word : place)
        name += "/" + word;
    return name;
}

void putInto(const SessionPlace& place, Session& session) {
    session.name = sessionName(place.matrix, place.place);
    std::string line = std::string(kNote) + place.matrix;
    for (const std::string& word : place.place)
        line += std::string(kBetween) + word;
    line += std::string(kBetween) + place.model;
    std::string& notes = session.conditions.notes;
    notes += (notes.empty() || notes.ends_with('\n') ? "" : "\n") + line;
}

MatrixCell cellOf(const Session& session, const MatrixPlace& place) {
    MatrixCell cell;
    cell.place = place;
    cell.core = session.conditions.core;
    cell.session = session.name;
    for (const Quantity quantity :
         {Quantity::Instructions, Quantity::LatencyUs, Quantity::Cycles}) {
        cell.value = wholeOf(session, quantity);
        if (!cell.value) continue;
        cell.quantity = quantity;
        cell.state = CellState::Measured;
        // Predictions of a board are times, too.
        if (quantity == Quantity::Cycles && session.conditions.clockMhz > 0) {
            cell.quantity = Quantity::LatencyUs;
            *cell.value /= session.conditions.clockMhz;
        }
        return cell;
    }
    cell.state = CellState::Failed;
    cell.reason = "the session has no instructions, time or cycles of an inference";
    return cell;
}

void addOthers(std::span<const SessionPtr> sessions, const PrecisionOfFile& files,
               CostMatrix& matrix) {
    for (const SessionPtr& session : sessions) {
        const Conditions& conditions = session->conditions;
        const auto file = files.find(conditions.modelHash);
        if (file == files.end() || conditions.source == MeasurementSource::Host ||
            placeOf(conditions))
            continue;
        const MatrixPlace place = {targetOf(*session), kernelsOf(conditions), conditions.flags,
                                   file->second};
        if (std::ranges::find(matrix.cells, place, &MatrixCell::place) != matrix.cells.end())
            continue;
        if (MatrixCell cell = cellOf(*session, place); cell.value)
            matrix.cells.push_back(std::move(cell));
    }
}

std::vector<std::string> matrixNames(std::span<const SessionPtr> sessions) {
    std::vector<std::string> names;
    for (const SessionPtr& session : sessions)
        if (const auto place = placeOf(session->conditions);
            place && std::ranges::find(names, place->matrix) == names.end())
            names.push_back(place->matrix);
    return names;
}

CostMatrix matrixOf(std::span<const SessionPtr> sessions, const std::string& name) {
    CostMatrix matrix{name, {}, {}};
    PrecisionOfFile files;
    for (const SessionPtr& session : sessions) {
        const auto place = placeOf(session->conditions);
        if (!place || place->matrix != name) continue;
        matrix.model = place->model;
        matrix.cells.push_back(cellOf(*session, place->place));
        files[session->conditions.modelHash] = matrix.cells.back().at(MatrixAxis::Precision);
    }
    addOthers(sessions, files, matrix);
    std::ranges::stable_sort(matrix.cells, comesBefore);
    return matrix;
}

}  // namespace matrix
