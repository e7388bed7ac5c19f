// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sessions as cells of a matrix. A session that a matrix measured states its place in a line of its
// notes, "matrix: NAME | TARGET | KERNELS | FLAGS | PRECISION | MODEL", so that the matrix is drawn
// again from a project's sessions alone. Sessions of other runtimes (TFLM) join the matrix where
// they measured a file of one of its models.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "types/cost_matrix.h"
#include "types/session.h"

namespace matrix {

struct SessionPlace {
    std::string matrix, model;
    types::MatrixPlace place;
};

/// Nothing for a session of no matrix.
std::optional<SessionPlace> placeOf(const types::Conditions& conditions);

/// "NAME/qemu-cortex-m4/packed/-O2/int8": the session of a cell.
std::string sessionName(const std::string& matrix, const types::MatrixPlace& place);

/// Names the session as the cell's and adds the line to its notes.
void putInto(const SessionPlace& place, types::Session& session);

/// The cell of a session: its instructions, else its time, else its cycles, of an inference.
types::MatrixCell cellOf(const types::Session& session, const types::MatrixPlace& place);

/// Precisions by the SHA-256 of the model's file.
using PrecisionOfFile = std::map<std::string, std::string>;

/// Cells of sessions that other tools or single runs measured with one of the files. Those at
/// places that `matrix` has are left out.
void addOthers(std::span<const types::SessionPtr> sessions, const PrecisionOfFile& files,
               types::CostMatrix& matrix);

/// The names of the matrices in the sessions, in the order of their first session.
std::vector<std::string> matrixNames(std::span<const types::SessionPtr> sessions);

/// The matrix of that name as its sessions tell it, with those of other tools. Empty without any.
types::CostMatrix matrixOf(std::span<const types::SessionPtr> sessions, const std::string& name);

}  // namespace matrix
