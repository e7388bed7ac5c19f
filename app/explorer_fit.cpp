// SPDX-License-Identifier: GPL-3.0-or-later
// Explorer: making the model fit its board, and the user's lines of the board's memories.
#include <algorithm>

#include "app/explorer.h"
#include "views/number_format.h"

namespace app {
namespace {

/// "... the least that was too much: 12,345 bytes, with p95%"
QString nothingFits(const search::FitSearch& search, const QString& board) {
    const QString text = QObject::tr("nothing that was tried makes the model fit %1").arg(board);
    const search::FitAttempt* nearest = nullptr;
    for (const search::FitAttempt& attempt : search.attempts)
        if (attempt.problem.empty() && (!nearest || attempt.excessBytes < nearest->excessBytes))
            nearest = &attempt;
    if (!nearest) return text;
    if (!nearest->unknownReason.empty())
        return QObject::tr("whether the model fits %1 cannot be known (%2)")
            .arg(board, QString::fromStdString(nearest->unknownReason));
    return QObject::tr(
               "%1: %2 still needs %3 bytes too many; export the C library or choose a "
               "smaller model")
        .arg(text, QString::fromStdString(nearest->what), views::grouped(nearest->excessBytes));
}

}  // namespace

void Explorer::makeItFit() {
    if (!m_graph) return;
    if (!m_knobs.device)
        return emit failed(tr("no board was chosen: choose the one that the model is to fit"));
    // Trying changes one by one leaves no time to train each.
    Knobs knobs = m_knobs;
    knobs.trained = nullptr;
    const auto verb = [engine = m_engine, graph = m_graph, knobs](const types::Work& work) {
        return engine.makeFit(graph, knobs, work);
    };
    m_fitting.start(verb,
                    [this](const types::Result<search::FitSearch>& result) { adoptFit(result); });
}

void Explorer::adoptFit(const types::Result<search::FitSearch>& result) {
    if (!result) {
        if (!result.error().isCancelled())
            emit failed(QString::fromStdString(result.error().message()));
        return;
    }
    const QString board = QString::fromStdString(m_knobs.device->name);
    if (result->changes.empty()) return emit failed(nothingFits(*result, board));
    const types::Variation& variation = result->changes.front().variation;
    finishEdit();
    Knobs next = m_knobs;
    next.choose(variation, trainedModel(variation));
    if (next == m_knobs) return emit fitFound(tr("fits %1 as it is").arg(board));
    pushKnobs(next, tr("make it fit %1").arg(board));
    finishEdit();
    emit fitFound(tr("%1 is the smallest change that fits %2; undo takes it back")
                      .arg(QString::fromStdString(variation.label()), board));
    if (!m_knobs.data && variation.asksForTypes())
        emit failed(tr("The ranges of %1 come from random inputs: choose data (Ctrl+D) before you "
                       "use this model.")
                        .arg(QString::fromStdString(variation.label())));
}

void Explorer::reserveMemory(cost::BoardMemory memory, const types::ReservedMemory& line) {
    if (!m_knobs.device) return;
    chooseDevice(std::make_shared<const types::DeviceProfile>(
        cost::withReserved(*m_knobs.device, memory, line)));
}

}  // namespace app
