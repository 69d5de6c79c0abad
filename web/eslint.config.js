import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/gen"] },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked, jsxA11y.flatConfigs.strict],
    plugins: { "react-hooks": reactHooks },
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // Numbers in template strings are what they look like.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Enums come off the wire as numbers, from servers that may be newer than this page.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      // Event handlers may be async; their failures are handled inside.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // All requests go by the generated clients, but for one upload that tells its progress.
      "no-restricted-globals": ["error", "fetch", "XMLHttpRequest"],
      // Markup of data would be a hole: data values are text.
      "no-restricted-syntax": ["error", { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Data is text, never HTML." }],
      // The dialogs and the log in the page move the focus on purpose.
      "jsx-a11y/no-autofocus": "off",
    },
  },
);
