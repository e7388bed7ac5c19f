// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/boards_desk.h"

#include "cost/reserved_lines.h"
#include "footprint/board_search.h"
#include "types/target.h"

namespace app {
namespace {

views::BoardRow boardRow(const footprint::BoardMatch& match, bool isBundled) {
    views::BoardRow row;
    row.device = match.device;
    row.kind = !isBundled                         ? views::BoardKind::Own
               : types::isEmulated(*match.device) ? views::BoardKind::Emulated
                                                  : views::BoardKind::Real;
    row.flash = match.footprint.flash;
    row.sram = match.footprint.sram;
    row.verdict = match.footprint.verdict();
    row.unknownReason = match.footprint.unknownReason();
    row.latencyUs = match.latencyUs;
    row.latencyGap = match.latencyGap;
    return row;
}

}  // namespace

BoardsDesk::BoardsDesk(Explorer& explorer, views::BoardsPage& page, QObject* parent)
    : QObject(parent), m_explorer(explorer), m_page(page) {
    constexpr int kQuietMs = 100;  // a drag asks many times
    for (const types::DevicePtr& device : explorer.devices())
        m_bundled.insert(device->id);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kQuietMs);
    connect(&m_delay, &QTimer::timeout, this, &BoardsDesk::match);
    connect(&page, &views::BoardsPage::boardsRequested, &m_delay, qOverload<>(&QTimer::start));
    connect(&page, &views::BoardsPage::boardChosen, &explorer, &Explorer::chooseDevice);
    connect(&page, &views::BoardsPage::keptEdited, this, &BoardsDesk::keep);
    connect(&explorer, &Explorer::devicesChanged, &page, &views::BoardsPage::setOutdated);
}

/// Those of the list; the chosen one as the window has it, with the user's lines.
std::vector<types::DevicePtr> BoardsDesk::boards() const {
    std::vector<types::DevicePtr> boards = m_explorer.devices();
    const types::DevicePtr& chosen = m_explorer.knobs().device;
    bool isListed = !chosen;
    for (types::DevicePtr& board : boards)
        if (chosen && board->id == chosen->id) {
            board = chosen;
            isListed = true;
        }
    if (!isListed) boards.push_back(chosen);
    return boards;
}

void BoardsDesk::match() {
    const types::EvaluationPtr shown = m_explorer.shown();
    if (!shown) return;
    const QString chosen = m_explorer.knobs().device
                               ? QString::fromStdString(m_explorer.knobs().device->id)
                               : QString();
    m_work.start(
        [shown, boards = boards(), bundled = m_bundled](const types::Work&) {
            views::BoardRows rows;
            for (const footprint::BoardMatch& match : footprint::matchBoards(*shown->graph, boards))
                rows.push_back(boardRow(match, bundled.contains(match.device->id)));
            return rows;
        },
        [this, shown, chosen](const views::BoardRows& rows) {
            // A newer evaluation asked again.
            if (shown == m_explorer.shown()) m_page.setBoards(rows, chosen);
        });
}

/// A line of the chosen board is an undo step, as on the page Memory.
void BoardsDesk::keep(const types::DevicePtr& device, bool isFlash,
                      const types::ReservedMemory& line) {
    const auto memory = isFlash ? cost::BoardMemory::Flash : cost::BoardMemory::Sram;
    const types::DevicePtr& chosen = m_explorer.knobs().device;
    if (chosen && chosen->id == device->id) return m_explorer.reserveMemory(memory, line);
    m_explorer.addDevice(
        std::make_shared<const types::DeviceProfile>(cost::withReserved(*device, memory, line)));
}

}  // namespace app
