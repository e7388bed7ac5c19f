// SPDX-License-Identifier: GPL-3.0-or-later
// The table of pages is the one place that knows them: rail, menu, help and --page follow it, and
// every page that is written stands in it.
#include "app/pages.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "app/explorer.h"
#include "app/help_window.h"
#include "app/main_window.h"
#include "views/widgets/page_rail.h"
#include "views/widgets/svg_icon.h"

namespace {

namespace fs = std::filesystem;

struct PagesTest : testing::Test {
    app::Explorer explorer{{}};
    app::MainWindow window{explorer};
    QTabWidget& tabs = *window.findChild<QTabWidget*>("pages");

    QMenu* menuNamed(const QString& title) {
        for (QAction* action : window.menuBar()->actions())
            if (action->text() == title) return action->menu();
        return nullptr;
    }
};

/// "memory_page.h" -> "views::MemoryPage"
std::string classOf(const fs::path& header) {
    std::string name = "views::";
    bool isFirst = true;
    for (const char letter : header.stem().string()) {
        if (letter != '_') name += static_cast<char>(isFirst ? std::toupper(letter) : letter);
        isFirst = letter == '_';
    }
    return name;
}

TEST_F(PagesTest, EachHasANameATitleAndAShortcutOfItsOwn) {
    std::set<QString> names, titles, shortcuts;
    const QRegularExpression word("^[a-z]+(-[a-z]+)*$");
    for (size_t i = 0; i < app::pages().size(); ++i) {
        const app::Page& page = app::pages()[i];
        EXPECT_TRUE(word.match(page.name).hasMatch())
            << page.name << ": names in app/pages.cpp are lower-case words with '-' between";
        EXPECT_TRUE(names.insert(page.name).second)
            << page.name << " is the name of two rows of app/pages.cpp";
        EXPECT_TRUE(titles.insert(page.title).second)
            << page.title << " is the title of two rows of app/pages.cpp";
        EXPECT_TRUE(shortcuts.insert(app::shortcutOfPage(static_cast<int>(i)).toString()).second);
    }
    EXPECT_EQ(shortcuts.count(""), 0u) << "shortcutOfPage() in app/pages.cpp knows no such key";
}

TEST_F(PagesTest, EachIsFoundByName) {
    ASSERT_EQ(static_cast<size_t>(tabs.count()), app::pages().size());
    for (size_t i = 0; i < app::pages().size(); ++i) {
        const app::Page& page = app::pages()[i];
        EXPECT_TRUE(window.showPage(page.name)) << page.name;
        EXPECT_EQ(tabs.currentIndex(), static_cast<int>(i)) << page.name;
        EXPECT_EQ(tabs.tabText(tabs.currentIndex()), page.title);
        EXPECT_TRUE(app::pageNames().contains(page.name)) << page.name;
    }
    EXPECT_FALSE(window.showPage("nowhere"));
}

TEST_F(PagesTest, TheRailShowsAllOfThemAtAnySizeOfTheWindow) {
    auto& rail = *window.findChild<views::PageRail*>();
    for (const QSize size : {QSize(1280, 800), QSize(1024, 700)}) {
        window.resize(size);
        window.show();
        QTest::qWait(0);
        EXPECT_EQ(rail.isCompact(), window.width() < 1200);
        EXPECT_LE(rail.verticalScrollBar()->maximum(), 0) << "pages are out of sight";
        EXPECT_LE(rail.width(), rail.sizeHint().width());
        EXPECT_FALSE(tabs.tabBar()->isVisible()) << "a row of tabs would need arrows to scroll";
    }
}

TEST_F(PagesTest, TheRailAndThePageInFrontFollowEachOther) {
    auto& rail = *window.findChild<views::PageRail*>();
    window.show();
    window.showPage("overview");
    rail.setFocus();
    for (size_t i = 1; i < app::pages().size(); ++i) {
        QTest::keyClick(&rail, Qt::Key_Down);
        EXPECT_EQ(tabs.currentIndex(), static_cast<int>(i)) << "groups are skipped";
    }
    window.showPage("memory");
    EXPECT_EQ(rail.currentItem()->text(), "Memory");
    for (int row = 0; row < rail.count(); ++row) {
        const bool isPage = rail.item(row)->flags() & Qt::ItemIsEnabled;
        EXPECT_EQ(isPage, !rail.item(row)->icon().isNull()) << rail.item(row)->text().toStdString();
    }
}

TEST_F(PagesTest, EachHasAnIconOfItsOwn) {
    for (const app::Page& page : app::pages())
        EXPECT_FALSE(views::svgIcon(QStringLiteral("page-") + page.name).isNull())
            << "resources/icons/page-" << page.name << ".svg is not in icons.qrc";
}

TEST_F(PagesTest, EachIsInTheViewMenuAndInTheHelp) {
    QMenu* view = menuNamed("&View");
    ASSERT_NE(view, nullptr) << "app/window_actions.cpp builds no menu View";
    const QString help = app::shortcutsHtml(window);
    for (size_t i = 0; i < app::pages().size(); ++i) {
        const app::Page& page = app::pages()[i];
        const QAction* action = view->actions().value(static_cast<int>(i));
        ASSERT_NE(action, nullptr);
        EXPECT_EQ(action->text(), page.title)
            << "buildViewMenu() in app/window_actions.cpp leaves out a page";
        EXPECT_EQ(action->shortcut(), app::shortcutOfPage(static_cast<int>(i)));
        EXPECT_TRUE(help.contains(page.title))
            << "shortcutsHtml() in app/help_window.cpp leaves out " << page.title;
    }
}

TEST_F(PagesTest, EveryPageThatIsWrittenIsInTheTable) {
    std::multiset<std::string> made;
    for (int i = 0; i < tabs.count(); ++i)
        made.insert(tabs.widget(i)->metaObject()->className());
    const fs::path views = fs::path(NETCALIPER_SOURCE_DIR) / "views";
    std::stringstream list;
    list << std::ifstream(views / "CMakeLists.txt").rdbuf();
    size_t pages = 0;
    for (const auto& entry : fs::directory_iterator(views / "widgets/pages")) {
        const std::string file = entry.path().filename().string();
        if (!file.ends_with("_page.h")) continue;
        ++pages;
        EXPECT_EQ(made.count(classOf(entry.path())), 1u)
            << "no row of app/pages.cpp makes a " << classOf(entry.path())
            << ": add {name, title, maker} for views/widgets/pages/" << file;
        const std::string source = "widgets/pages/" + entry.path().stem().string() + ".cpp";
        EXPECT_NE(list.str().find(source), std::string::npos)
            << "views/CMakeLists.txt does not list " << source;
    }
    EXPECT_EQ(pages, app::pages().size())
        << "a page of app/pages.cpp has no file of its own in views/widgets/pages";
}

}  // namespace
