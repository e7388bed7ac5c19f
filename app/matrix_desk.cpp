// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/matrix_desk.h"

#include "matrix/matrix_sessions.h"
#include "matrix/run_matrix.h"
#include "runners/firmware_build.h"
#include "types/knob_domain.h"

namespace app {
namespace {

using types::CellState;
using types::CostMatrix;
using types::MatrixAxis;
using types::SessionPtr;

QStringList wordsOf(const std::vector<std::string>& words) {
    QStringList list;
    for (const std::string& word : words)
        list << QString::fromStdString(word);
    return list;
}

std::vector<std::string> stringsOf(const QStringList& words) {
    std::vector<std::string> list;
    for (const QString& word : words)
        list.push_back(word.toStdString());
    return list;
}

constexpr types::Precision kMatrixPrecisions[] = {types::Precision::Float32, types::Precision::Int8,
                                                  types::Precision::Int16x8,
                                                  types::Precision::Int8W4};

views::MatrixChoice cellsWith(const std::vector<std::string>& flags) {
    views::MatrixChoice choice;
    choice.along[0] = wordsOf(matrix::emulatedTargets());
    choice.along[1] = QStringList{types::kPlainKernels, types::kPackedKernels};
    choice.along[2] = wordsOf(flags);
    for (const types::Precision precision : kMatrixPrecisions)
        choice.along[3] << types::precisionName(precision);
    return choice;
}

matrix::MatrixRequest requestFor(const views::MatrixChoice& choice, const Explorer& explorer) {
    matrix::MatrixRequest request;
    request.model = explorer.graph();
    request.targets = stringsOf(choice.at(MatrixAxis::Target));
    request.flags = stringsOf(choice.at(MatrixAxis::Flags));
    request.kernels.clear();
    for (const QString& word : choice.at(MatrixAxis::Kernels))
        request.kernels.push_back(word == types::kPlainKernels ? lowering::Kernels::Reference
                                                               : lowering::Kernels::Fast);
    for (const types::Precision precision : kMatrixPrecisions)
        if (choice.at(MatrixAxis::Precision).contains(types::precisionName(precision)))
            request.precisions.push_back(precision);
    if (choice.predictsBoards) request.devices = explorer.devices();
    request.data.calibration = explorer.knobs().data;
    return request;
}

}  // namespace

views::MatrixChoice offeredCells() {
    return cellsWith(runners::firmwareLevels());
}

views::MatrixChoice firstCells() {
    return cellsWith({"-Os", "-O2", "-O3"});
}

MatrixDesk::MatrixDesk(Explorer& explorer, QObject* parent)
    : QObject(parent), m_explorer(explorer) {
    connect(&explorer.sessionBook(), &SessionBook::changed, this, &MatrixDesk::showSessions);
    connect(&explorer, &Explorer::modelOpened, this, &MatrixDesk::showSessions);
}

void MatrixDesk::measure(const views::MatrixChoice& choice) {
    if (!m_explorer.graph()) return;
    const auto verb = [this, request = requestFor(choice, m_explorer),
                       sessions = m_explorer.sessionBook().sessions()](
                          const types::Work& work,
                          const Job::Tell& tell) -> types::Result<matrix::MatrixRun> {
        matrix::MatrixKeeping keeping;
        keeping.read = [&sessions](const auto& wanted) {
            std::vector<SessionPtr> found;
            for (const SessionPtr& session : sessions)
                if (wanted(session->conditions)) found.push_back(session);
            return types::Result<std::vector<SessionPtr>>(std::move(found));
        };
        // The book is asked in the GUI thread; the desk outlives its job.
        keeping.keep = [this, &tell](const types::Session& session,
                                     const runners::RunRequest&) -> types::Result<void> {
            tell([this, session] { m_explorer.sessionBook().put(session); });
            return {};
        };
        keeping.onCell = [this, &tell](const CostMatrix& matrix) {
            tell([this, matrix] { show(matrix); });
        };
        return matrix::runMatrix(request, keeping, work);
    };
    m_work.start(verb, [this](const types::Result<matrix::MatrixRun>& run) {
        if (run)
            show(run->matrix);
        else if (!run.error().isCancelled())
            emit failed(QString::fromStdString(run.error().message()));
    });
}

/// The matrix of the open model as the project's sessions tell it; predictions of the last run
/// stay.
void MatrixDesk::showSessions() {
    if (m_work.isRunning() || !m_explorer.graph()) return;
    const auto& sessions = m_explorer.sessionBook().sessions();
    const std::string& name = m_explorer.graph()->name;
    CostMatrix matrix = matrix::matrixOf(sessions, name);
    if (matrix.cells.empty())
        if (const auto names = matrix::matrixNames(sessions); !names.empty())
            matrix = matrix::matrixOf(sessions, names.front());
    if (m_shown.name == matrix.name)
        for (const types::MatrixCell& cell : m_shown.cells)
            if (cell.state == CellState::Predicted) matrix.cells.push_back(cell);
    show(std::move(matrix));
}

void MatrixDesk::show(CostMatrix matrix) {
    m_shown = std::move(matrix);
    emit changed(m_shown);
}

}  // namespace app
