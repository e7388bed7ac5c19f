// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages.h"

#include <QStringList>

#include "app/matrix_desk.h"
#include "app/study_desk.h"
#include "views/widgets/pages/compare_page.h"
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
    {"overview", "Overview",
     [](Sources s) -> QWidget* {
         return new views::OverviewPage(s.selection, s.feed, s.layers, s.metric);
     }},
    {"layers", "Layers",
     [](Sources s) -> QWidget* { return new views::LayersPage(s.selection, s.feed, s.layers); }},
    {"graph", "Graph",
     [](Sources s) -> QWidget* { return new views::GraphPage(s.selection, s.feed, s.metric); }},
    {"memory", "Memory",
     [](Sources s) -> QWidget* { return new views::MemoryPage(s.selection, s.feed); }},
    {"trade-offs", "Trade-offs",
     [](Sources s) -> QWidget* { return new views::TradeoffPage(s.selection, s.feed); }},
    {"compare", "Compare",
     [](Sources s) -> QWidget* { return new views::ComparePage(s.selection, s.feed); }},
    {"sessions", "Sessions",
     [](Sources s) -> QWidget* { return new views::SessionsPage(s.selection); }},
    {"matrix", "Matrix",
     [](Sources) -> QWidget* { return new views::MatrixPage(offeredCells(), firstCells()); }},
    {"fit", "Calibrate", [](Sources) -> QWidget* { return new views::FitPage; }},
    {"profiles", "Profiles", [](Sources) -> QWidget* { return new views::ProfilesPage; }},
    {"studies", "Studies",
     [](Sources) -> QWidget* { return new views::StudiesPage(studyEntries()); }},
};
static_assert(std::size(kPages) <= 20,
              "shortcutOfPage() in app/pages.cpp has two keys for each digit");

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
    const QString modifiers = page < 10 ? QStringLiteral("Ctrl") : QStringLiteral("Ctrl+Alt");
    return QKeySequence(modifiers + QStringLiteral("+%1").arg((page + 1) % 10));
}

QString pageNames() {
    QStringList names;
    for (const Page& page : kPages)
        names << page.name;
    const QString last = names.takeLast();
    return names.join(", ") + " or " + last;
}

}  // namespace app
