// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages.h"

#include <QStringList>

#include "app/matrix_desk.h"
#include "app/study_desk.h"
#include "views/widgets/pages/boards_page.h"
#include "views/widgets/pages/compare_page.h"
#include "views/widgets/pages/export_page.h"
#include "views/widgets/pages/fit_page.h"
#include "views/widgets/pages/graph_page.h"
#include "views/widgets/pages/layers_page.h"
#include "views/widgets/pages/matrix_page.h"
#include "views/widgets/pages/memory_page.h"
#include "views/widgets/pages/overview_page.h"
#include "views/widgets/pages/profiles_page.h"
#include "views/widgets/pages/sessions_page.h"
#include "views/widgets/pages/studies_page.h"
#include "views/widgets/pages/tradeoff_page.h"

namespace app {
namespace {

using Sources = const PageSources&;

constexpr Page kPages[] = {
    {"overview", "Overview", "Model", "Ctrl+1",
     [](Sources s) -> QWidget* {
         return new views::OverviewPage(s.selection, s.feed, s.layers, s.metric);
     }},
    {"layers", "Layers", "Model", "Ctrl+2",
     [](Sources s) -> QWidget* { return new views::LayersPage(s.selection, s.feed, s.layers); }},
    {"graph", "Graph", "Model", "Ctrl+3",
     [](Sources s) -> QWidget* { return new views::GraphPage(s.selection, s.feed, s.metric); }},
    {"memory", "Memory", "Model", "Ctrl+4",
     [](Sources s) -> QWidget* { return new views::MemoryPage(s.selection, s.feed); }},
    {"trade-offs", "Trade-offs", "Choose", "Ctrl+5",
     [](Sources s) -> QWidget* { return new views::TradeoffPage(s.selection, s.feed); }},
    {"compare", "Compare", "Choose", "Ctrl+6",
     [](Sources s) -> QWidget* { return new views::ComparePage(s.selection, s.feed); }},
    {"boards", "Boards", "Choose", "Ctrl+B",
     [](Sources s) -> QWidget* { return new views::BoardsPage(s.feed); }},
    {"export", "Export", "Choose", "Ctrl+E",
     [](Sources) -> QWidget* { return new views::ExportPage; }},
    {"sessions", "Sessions", "Measure", "Ctrl+7",
     [](Sources s) -> QWidget* { return new views::SessionsPage(s.selection); }},
    {"matrix", "Matrix", "Measure", "Ctrl+Alt+7",
     [](Sources) -> QWidget* { return new views::MatrixPage(offeredCells(), firstCells()); }},
    {"fit", "Calibrate", "Measure", "Ctrl+8",
     [](Sources) -> QWidget* { return new views::FitPage; }},
    {"profiles", "Profiles", "Measure", "Ctrl+9",
     [](Sources) -> QWidget* { return new views::ProfilesPage; }},
    {"studies", "Studies", "Measure", "Ctrl+0",
     [](Sources) -> QWidget* { return new views::StudiesPage(studyEntries()); }},
};

}  // namespace

std::span<const Page> pages() {
    return kPages;
}

int pageNamed(const QString& name) {
    for (size_t page = 0; page < std::size(kPages); ++page)
        if (name == kPages[page].name) return static_cast<int>(page);
    return -1;
}

QKeySequence shortcutOfPage(int page) {
    return QKeySequence(QString(kPages[page].keys));
}

QString pageNames() {
    QStringList names;
    for (const Page& page : kPages)
        names << page.name;
    const QString last = names.takeLast();
    return names.join(", ") + " or " + last;
}

}  // namespace app
